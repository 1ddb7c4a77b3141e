"""Numbers, dates, amounts and units, as written in three languages."""
