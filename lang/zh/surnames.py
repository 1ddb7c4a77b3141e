"""Surnames of China, in simplified characters, and those of Korea as Chinese writes them."""

from __future__ import annotations

SURNAMES = frozenset(
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常"
    "武乔贺赖龚文殷朴权吉洪申安具禹柳南闵池辛裴卓成车元玄严奇卞慎芮诸葛司马欧阳徐"
)
