"""A programme written back as offices circulate it: one table with status columns, as a workbook or a text document.

`composing` makes the sheet of a programme and of how its obligations stand; `workbook` and `word` turn a sheet into the
bytes of a file. The same sheet gives the same bytes.
"""
