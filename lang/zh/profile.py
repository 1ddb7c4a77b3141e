"""Chinese as data."""

from __future__ import annotations

import re

from geungeo.lang.profile import Profile, Reckoned, Replies, Said
from geungeo.lang.scripts import HAN
from geungeo.lang.zh.instructions import INSTRUCTIONS

CHINESE = Profile(
    code="zh",
    own_name="中文",
    language_names={"ko": "韩语", "zh": "中文", "en": "英语"},
    name=re.compile(f"[{HAN}]+"),
    frame_words=frozenset(
        (
            "它 它们 名字 姓名 一共 总共 目前 现在 多长 多长时间 长时间 要 来 做 由 过 开 会 指 算 "
            "前 后 名称 叫做 哪 介绍 包括 一类 中 时 里 上 内 起 能 还 可以 关于 为了 给 没有 "
            "哪条 哪家 哪座 哪项 哪所 哪位 哪款 哪一条 哪一年 几家 几个 几条 几座 每条 每个 每家"
        ).split()
    ),
    units={
        "": "", "count": "个", "percent": "%", "KRW": "韩元", "USD": "美元", "EUR": "欧元",
        "GBP": "英镑",
        "JPY": "日元", "CNY": "元", "m2": "平方米", "km2": "平方公里", "hectare": "公顷",
        "pyeong": "坪", "m": "米", "km": "公里", "cm": "厘米", "kg": "公斤", "tonne": "吨",
        "celsius": "℃", "year": "年", "month": "个月", "week": "周", "day": "天", "hour": "小时",
        "minute": "分钟", "second": "秒", "age": "岁", "person": "人", "vehicle": "辆",
        "times": "次",
    },
    more_than="{}以上",
    about="约{}",
    date={"year": "{}年", "month": "{}月", "day": "{}日"},
    between_parts="",
    scales={"万亿": 10**12, "亿": 10**8, "万": 10**4},
    between_scales="",
    said=Said(
        no_answer="在这些文件中找不到答案。",
        missing="这些文件中找不到的部分：{}",
        claimed="以下是当事人的主张（{}）：",
        differ="各文件的说法不同：",
        write_answer="那么请用中文写出问题的答案。",
        left_out="模型写的{n}个句子在文件中找不到依据，已略去。",
    ),
    instructions=INSTRUCTIONS,
    replies=Replies(
        hello="您好。我从这里的{n}份文件中寻找答案，并原样给出作为依据的句子。请随意提问。",
        welcome="很高兴能帮上忙。还有问题请继续问。",
        document="共有1份文件。",
        documents="共有{n}份文件。",
        dealing="以下文件谈到了它。",
        newest="最新的文件如下。",
        oldest="最早的文件如下。",
        more="另外还有{n}份。",
        none="没有这样的文件。这里共有{n}份。",
        undated="日期不明的{n}份没有算在内。",
        organisations="发布文件的机构如下。",
        types="文件的类型如下。",
        languages="文件的语言如下。",
        unknown="不明",
        central="《{title}》的中心句子如下。",
        summary="《{title}》的内容概括如下。",
        contents="目录",
        which="您指的是哪一份文件？请告诉我标题或文件名。",
    ),
    reckoned=Reckoned(
        greatest="{label} {value}（{n}行中最大）",
        least="{label} {value}（{n}行中最小）",
        latest="{label} {value}（{n}行中最晚）",
        earliest="{label} {value}（{n}行中最早）",
        sum="{label}合计{value}（{n}行）",
        mean="{label}平均{value}（{n}行）",
        count="{n}个（表中的行数）",
        difference="{label}相差{value}",
    ),
)  # fmt: skip
