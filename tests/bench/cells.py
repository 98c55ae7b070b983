"""The peers of bud-parse on sheets and pages: every number of every table.

  python3 cells.py xlsx FILE...   with openpyxl
  python3 cells.py html FILE...   with lxml
"""
import re
import sys

NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?%?")


def xlsx(name):
    import openpyxl
    book = openpyxl.load_workbook(name, read_only=True, data_only=True)
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield from (str(c) for c in row if c is not None)


def html(name):
    import lxml.html
    for cell in lxml.html.parse(name).iter("td", "th"):
        yield cell.text_content()


for name in sys.argv[2:]:
    for text in (xlsx if sys.argv[1] == "xlsx" else html)(name):
        if NUMBER.fullmatch(text.strip()):
            print(text.strip())
