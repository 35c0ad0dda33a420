"""What a sheet shows against what it stores: errors, formats, merged cells, dressing, offsets (FIL-1)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ordersdesk.customers.model.queries import PHONE
from ordersdesk.files.imports import Plan, commit, plan, warned
from ordersdesk.files.mapping.moments import Clock, moment_of, spelled
from ordersdesk.files.mapping.problems import Problems
from ordersdesk.files.mapping.rows import Bad
from ordersdesk.files.tables.reading import Sheet
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.model.queries import LINE, ORDER
from tests.builders import a_customer, a_warehouse, an_item, as_role
from tests.files.tables import text
from tests.files.test_imports import rows, said

Dressing = Callable[[Any], object]


@pytest.fixture
def boss(desk: Desk) -> Desk:
    return as_role(desk, "manager")


def sheet(folder: Path, *lines: list[object], dressed: Dressing = lambda _sheet: None) -> Path:
    """Write a workbook whose sheet was dressed: formats, errors, merged cells."""
    made = Workbook()
    active = made.active
    assert active is not None
    for line in lines:
        active.append(line)
    dressed(active)
    made.save(folder / "sheet.xlsx")
    return folder / "sheet.xlsx"


def messages(desk: Desk, kind: str, path: Path) -> list[tuple[int, str, str]]:
    """Return what is wrong by row and column."""
    problems = plan(desk, kind, path).problems
    return [(problem.row, problem.column, problem.message) for problem in problems.first(99)]


HEAD: list[object] = ["商品编码", "名称", "单位", "单价"]


def test_a_cell_that_holds_an_error_is_no_price(boss: Desk, tmp_path: Path) -> None:
    def broken(active: Any) -> None:
        active["D2"].data_type = active["D3"].data_type = "e"

    path = sheet(tmp_path, HEAD, ["E1", "纸", "盒", "#N/A"], ["E2", "笔", "盒", "#DIV/0!"], ["E3", "章", "盒", 5],
                 ["E4", "册", "盒", "=1+1"], dressed=broken)  # fmt: skip
    never = "holds a formula that was never calculated: open the file in a spreadsheet program and save it"

    assert messages(boss, "items", path) == [
        (2, "单价", "holds #N/A instead of a value"),
        (3, "单价", "holds #DIV/0! instead of a value"),
        (5, "单价", never),
    ]


@pytest.mark.parametrize("price", ["#N/A", "", "0.004"])
def test_what_is_no_price_in_a_text_file_is_none_either(boss: Desk, tmp_path: Path, price: str) -> None:
    planned = plan(boss, "items", text(tmp_path, f"Item code,Name,Price\nA1,Pen,{price}\nA2,Ink,0.005\n"))

    assert ({row for row, _rule, _column in said(planned)}, planned.good_rows) == ({2}, 1)


def test_codes_are_what_the_sheet_shows(boss: Desk, tmp_path: Path) -> None:
    def padded(active: Any) -> None:
        active["A2"].number_format = active["A3"].number_format = "00000"
        active["A4"].number_format = '"ZH"-0000'

    path = sheet(tmp_path, HEAD, [123, "针", "盒", 3.5], [7, "钉", "盒", 2], [902, "纸", "盒", 2], dressed=padded)
    planned = plan(boss, "items", path)

    assert [row.values["code"] for row in planned.sample] == ["00123", "00007", "ZH-0902"]


def test_days_of_a_workbook_of_the_old_mac_are_four_years_later(boss: Desk, tmp_path: Path) -> None:
    an_item(boss, "F2")
    made = Workbook()
    made.epoch = CALENDAR_MAC_1904
    assert made.active is not None
    for line in (
        ["Item", "Price kind", "Price", "From", "Until"],
        ["F2", "promotion", 3, date(2026, 12, 1), date(2026, 12, 31)],
    ):
        made.active.append(line)
    made.save(path := tmp_path / "mac.xlsx")

    taken = plan(boss, "prices", path).sample[0].values
    assert (taken["start"], taken["end"]) == (date(2026, 12, 1), date(2026, 12, 31))


def test_a_table_that_begins_further_down_names_its_rows_as_the_sheet_does(boss: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, [], [], [], ["", *HEAD], ["", "G1", "纸", "盒", "abc"], ["", "G2", "笔", "盒", 3])

    assert messages(boss, "items", path) == [(5, "单价", "is no number")]
    assert plan(boss, "items", path).good_rows == 1


def test_phones_that_are_numbers_get_back_what_the_sheet_took_from_them(boss: Desk, tmp_path: Path) -> None:
    head: list[object] = ["客户名称", "区域", "电话", "地址"]
    typed = (13900002222, 13900003333.0, "1.39E+10", 2162345678)
    path = sheet(
        tmp_path, head, *([f"店{place}", "浦东", phone, "上海市张江路1号"] for place, phone in enumerate(typed))
    )

    assert messages(boss, "customers", path) == [(4, "电话", "This is not a phone number.")]
    commit(boss, plan(boss, "customers", path), keep_good=True)
    assert rows(boss, PHONE.c.e164) == [("+8613900002222",), ("+8613900003333",), ("+862162345678",)]


def test_a_code_is_undressed(boss: Desk, tmp_path: Path) -> None:
    table = 'Item code,Name,Price\n"=""00123""",A,1\n\'00124,B,1\n\t00125\t,C,1\n"""00126""",D,1\n'
    planned = plan(boss, "items", text(tmp_path, table))

    assert [row.values["code"] for row in planned.sample] == ["00123", "00124", "00125", "00126"]


def test_digits_a_spreadsheet_lost_are_asked_for(boss: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, ["Item code", "Name", "Price", "Bar code"], ["A1", "Pen", 1, 6901234567892123456],
                 ["A2", "Ink", 1, 6901234567892])  # fmt: skip

    assert said(plan(boss, "items", path)) == {(2, "FIL-1", "Bar code")}
    assert said(plan(boss, "items", text(tmp_path, "Item code,Name,Price\n6.90123E+12,Pen,1\n"))) == {
        (2, "FIL-1", "Item code")
    }


def test_a_percent_is_a_rate_and_no_price(boss: Desk, tmp_path: Path) -> None:
    def percent(active: Any) -> None:
        active["D2"].number_format = active["C3"].number_format = "0%"

    head: list[object] = ["Item code", "Name", "Price", "Tax rate (%)"]
    lines: list[list[object]] = [["P1", "A", 2, 0.13], ["P2", "B", 0.1, 13], ["P3", "C", 2, "13%"]]
    path = sheet(tmp_path, head, *lines, ["P4", "D", "9%", 13], ["P5", "E", 2, 0.13], dressed=percent)
    planned = plan(boss, "items", path)

    assert [(row.row, row.values["tax_rate"]) for row in planned.sample] == [(2, 13), (4, 13)]
    assert {(row, column) for row, _rule, column in said(planned)} == {(3, "Price"), (5, "Price"), (6, "Tax rate (%)")}


def test_merged_cells_hold_for_all_their_rows(boss: Desk, tmp_path: Path) -> None:
    a_customer(boss, "C100001")
    an_item(boss, "E3")
    head: list[object] = ["订单号", "订单日期", "客户编号", "商品编码", "数量", "单价"]
    first: list[object] = ["A100", "2026-10-01", "C100001", "E3", 2, 5]
    path = sheet(tmp_path, head, first, [None, None, None, "E3", 3, 5], ["A101", *first[1:]],
                 dressed=lambda active: [active.merge_cells(f"{c}2:{c}3") for c in "ABC"])  # fmt: skip

    commit(boss, plan(boss, "orders", path, history=True))

    assert rows(boss, ORDER.c.number, ORDER.c.total) == [("A100", Decimal(25)), ("A101", Decimal(10))]
    assert rows(boss, LINE.c.id, LINE.c.quantity) == [(1, 2), (2, 3), (3, 2)]


def test_one_quantity_over_several_merged_rows_is_nobodys(boss: Desk, tmp_path: Path) -> None:
    an_item(boss, "A1")
    an_item(boss, "A2")
    a_warehouse(boss)
    path = sheet(tmp_path, ["Item", "Warehouse", "On hand"], ["A1", "MAIN", 5], ["A2", "MAIN", None],
                 dressed=lambda active: active.merge_cells("C2:C3"))  # fmt: skip

    assert said(plan(boss, "stock", path)) == {(3, "FIL-1", "On hand")}


def test_headers_may_say_what_is_required(boss: Desk, tmp_path: Path) -> None:
    planned = plan(boss, "items", text(tmp_path, "*商品编码（必填）,名称（必填）,单价(元),重量（kg）\nA1,纸,2,9\n"))

    assert [dict(row.values) for row in planned.sample] == [{"code": "A1", "name": "纸", "list_price": Decimal(2)}]


def test_big5_is_read_and_an_unreadable_header_says_what_it_may_be(boss: Desk, tmp_path: Path) -> None:
    big5 = text(tmp_path, "客戶名稱,區域,電話,地址\n測試股份有限公司,浦東,13900001117,浦東大道7號\n", encoding="big5")
    planned = plan(boss, "customers", big5)
    assert [dict(row.values) for row in planned.sample] == [
        {"name": "測試股份有限公司", "territory": "浦東", "phone": "13900001117", "address": "浦東大道7號"}
    ]

    with pytest.raises(Refused) as no:
        plan(boss, "customers", text(tmp_path, "имя,район\nМосква,юг\n", encoding="koi8-r"))
    assert "--encoding" in no.value.mend


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_mark_at_the_start_does_not_switch_the_check_of_the_bytes_off(
    boss: Desk, tmp_path: Path, mark: bytes
) -> None:
    good = "".join(f"A{n},笔,1\n" for n in range(30)).encode()
    path = text(tmp_path, mark + b"Item code,Name,Price\n" + good + b"B1,Caf\xe9,1\n")

    assert {row for row, _rule, _column in said(plan(boss, "items", path))} == {32}


@pytest.mark.parametrize(
    ("cell", "form", "read"),
    [
        ("2026-03-05T18:30:00Z", "", datetime(2026, 3, 6, 2, 30)),
        ("2026-03-05T23:30:00+08:00", "", datetime(2026, 3, 5, 23, 30)),
        ("2026-03-05T10:00:00-0500", "%Y-%m-%dT%H:%M:%S%z", datetime(2026, 3, 5, 23)),
        ("2026/3/5 下午3:00", "", datetime(2026, 3, 5, 15)),
        ("2026-03-05 12:10 AM", "", datetime(2026, 3, 5, 0, 10)),
        ("２０２６-03-05", "", datetime(2026, 3, 5)),
        ("2026/3/5 周四", "", datetime(2026, 3, 5)),
        ("05/03/26", "DD/MM/YY", datetime(2026, 3, 5)),
        ("5-3-2026 9:05", "DD-MM-YYYY HH:mm", datetime(2026, 3, 5, 9, 5)),
    ],
)
def test_a_moment_is_told_in_the_branchs_time(desk: Desk, cell: str, form: str, read: datetime) -> None:
    assert moment_of(cell, spelled(form), Clock(date(2026, 11, 23), desk.zone)) == read


@pytest.mark.parametrize("cell", ["3/5/2026", "26-3-5", "46086", "2026-02-30", "2026-3-5 25:00", "2026-03-05 13:00 PM"])
def test_a_day_that_could_be_another_is_asked_about(desk: Desk, cell: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        moment_of(cell, "", Clock(date(2026, 11, 23), desk.zone))


def test_a_format_that_is_none_is_answered_with_the_right_spelling(boss: Desk, tmp_path: Path) -> None:
    mapping = 'kind = "items"\n[fields]\ncode = "a"\nname = { column = "a", format = "day first" }\n'

    with pytest.raises(Refused, match="DD/MM/YY"):
        plan(boss, "items", text(tmp_path, "a\n1\n"), text(tmp_path, mapping, name="m.toml"))


def test_the_first_ten_rows_are_shown_as_they_are_understood(boss: Desk, tmp_path: Path) -> None:
    table = "Item code,Name,Price\n" + "".join(f"A{n},Pen,{n}.5\n" for n in range(1, 13))
    sample = plan(boss, "items", text(tmp_path, table)).sample

    assert (len(sample), not any(isinstance(row, Bad) for row in sample)) == (10, True)
    assert dict(sample[0].values) == {"code": "A1", "name": "Pen", "list_price": Decimal("1.50")}


MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
OPEN_DOCUMENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def open_document(folder: Path, *lines: str, columns: str = "") -> Path:
    """Write an ODS sheet of text cells; `123~00123` is a number and what its cell shows, `~#N/A` an error.

    A line that begins with `-` is hidden.
    """
    rows = columns
    for line in lines:
        cells = ""
        look = ' table:visibility="collapse"' if line.startswith("-") else ""
        for cell in line.removeprefix("-").split(","):
            value, _tilde, seen = cell.partition("~")
            type_ = '"float" office:value="123"' if value == "123" else '"string"'
            type_ += ' office:string-value=""' if seen and not value else ""
            cells += f"<table:table-cell office:value-type={type_}><text:p>{seen or value}</text:p></table:table-cell>"
        rows += f"<table:table-row{look}>{cells}</table:table-row>"
    with zipfile.ZipFile(folder / "sheet.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", OPEN_DOCUMENT.format(rows=rows))
    return folder / "sheet.ods"


def test_an_ods_sheet_is_read_as_its_cells_show_it(boss: Desk, tmp_path: Path) -> None:
    path = open_document(
        tmp_path, "商品编码,名称,单价", "123~00123,笔,5", "123~000-0123,本,5", "A2,墨,~#N/A", "123~123,纸,5"
    )

    planned = plan(boss, "items", path)

    assert [row.values["code"] for row in planned.sample] == ["00123", "000-0123", "123"]
    assert planned.problems.remarks.first(9) == []
    assert messages(boss, "items", path) == [(4, "单价", "holds #N/A instead of a value")]


def remarks(planned: Plan) -> list[tuple[int, str]]:
    return [(each.row, each.message.partition(",")[0]) for each in planned.problems.remarks.first(9)]


HIDDEN, UNSEEN = "is a hidden row of the sheet", "is a hidden column of the sheet"


def test_rows_nobody_sees_are_taken_and_named(boss: Desk, tmp_path: Path) -> None:
    def closed(active: Any) -> None:
        active.row_dimensions[3].hidden = active.row_dimensions[5].hidden = True

    path = sheet(
        tmp_path, HEAD, ["H1", "纸", "盒", 8.8], ["H2", "笔", "盒", 1], [], ["H3", "章", "盒", "x"], dressed=closed
    )
    planned = plan(boss, "items", path)

    assert (planned.good_rows, remarks(planned)) == (2, [(3, HIDDEN)])
    opened = plan(boss, "items", open_document(tmp_path, "商品编码,名称,单价", "-A1,笔,5", "A2,墨,5"))
    assert (opened.good_rows, remarks(opened)) == (2, [(2, HIDDEN)])


def test_a_column_nobody_sees_is_named_where_it_is_read(boss: Desk, tmp_path: Path) -> None:
    def closed(active: Any) -> None:
        active.column_dimensions["D"].hidden = active.column_dimensions["E"].hidden = True

    unseen = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    made = sheet(tmp_path, [*HEAD, "旧价"], ["H1", "纸", "盒", 8.8, 9.9], dressed=closed)
    opened = open_document(tmp_path, "商品编码,名称,单价", "A1,笔,5", columns=unseen)

    for path in (made, opened):
        told = plan(boss, "items", path).problems.remarks.first(9)
        assert [(each.column, each.message.partition(",")[0]) for each in told] == [("单价", UNSEEN)]


def test_the_sheet_one_sees_is_read_and_a_hidden_one_only_with_a_word(boss: Desk, tmp_path: Path) -> None:
    made = Workbook()
    old, cover, new = made.active, made.create_sheet("cover"), made.create_sheet("new")
    assert old is not None
    for each, price in ((old, 9.9), (new, 8.8)):
        each.append(HEAD)
        each.append(["H1", "纸", "盒", price])
    old.title, old.sheet_state, made.active = "old", "hidden", cover
    made.save(path := tmp_path / "prices.xlsx")

    seen, asked = plan(boss, "items", path), plan(boss, "items", path, sheet="old")

    assert (seen.sheet.name, remarks(seen)) == ("new", [])
    assert remarks(asked) == [(0, "sheet “old” is hidden in the workbook: is it meant?")]


def test_what_a_workbook_of_another_build_does_not_show_is_said(boss: Desk) -> None:
    sheet = Sheet(Path("old.xls"), "S", "xls", "", "", (), 0, lambda: iter(()))
    problems = Problems()

    warned(sheet, problems)

    assert [each.message.partition(":")[0] for each in problems.remarks.first(9)] == [
        "is read without number formats (00123 as 123), error cells as empty, hidden rows and columns as all others"
    ]
