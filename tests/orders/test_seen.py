"""What is compared when somebody decides is kept as codes and read as words (ORD-11)."""

from ordersdesk.approvals.rules import differences
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.language import in_turn
from ordersdesk.orders.review.snapshot import ADDRESS, DELIVERY, PAYMENT, TERMS, said

BEFORE = {PAYMENT: "cash", TERMS: "prepaid", DELIVERY: "2026-11-24", ADDRESS: "cash"}
NOW = {PAYMENT: "account", TERMS: "account", DELIVERY: "2026-11-25 morning", ADDRESS: "account"}


def test_codes_are_read_as_words() -> None:
    assert list(differences(BEFORE, NOW, said)) == [
        "Payment: cash on delivery → monthly account",
        "Terms: prepaid → monthly account",
        "Delivery: 2026-11-24 → 2026-11-25 morning",
        "Address: cash → account",
    ]


def test_codes_are_read_in_the_language_of_whoever_looks() -> None:
    language.use("zh_CN")
    assert (said(PAYMENT, "cash"), said(DELIVERY, "2026-11-25 morning")) == ("货到付款", "2026-11-25 上午")


def test_sentences_stand_behind_each_other_as_each_language_does_it() -> None:
    assert in_turn(["One.", "", "Two."]) == "One. Two."
    assert in_turn(["一。", "二。"]) == "一。二。"
