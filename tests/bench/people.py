"""Customers as a branch may have a million of: made up from parts, the same ones for the same number every time."""

from __future__ import annotations

from random import Random

from ordersdesk.customers.model.drafts import NewCustomer

CITIES = ("上海", "苏州", "杭州", "无锡", "宁波", "南京", "嘉兴", "常州", "昆山", "绍兴")
FIRST = "明华新东远安泰瑞恒信达盛嘉宏博天金海中德正立方百众联佳优智云启元兴隆康"
SECOND = "源科创通诚业力辉腾星宇博来丰美雅光和成利友邦文程杰凯特维拓图景润泽晨阳"
TRADES = (
    "办公",
    "贸易",
    "实业",
    "印刷",
    "广告",
    "电子",
    "机械",
    "物流",
    "装饰",
    "咨询",
    "教育",
    "食品",
    "医疗",
    "纺织",
)
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "商行", "工作室", "中心")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静强磊军洋勇艳杰涛明超秀霞平刚桂建国志文丽红玉华英慧婷雪梅琳晨宇浩然思佳欣怡子轩"
LATIN_FIRST = (
    "Harbour",
    "Northern",
    "Blue River",
    "Golden Gate",
    "Atlas",
    "Meridian",
    "Summit",
    "Orchid",
    "Pacific",
    "Delta",
)
LATIN_SECOND = (
    "Trading",
    "Paper",
    "Systems",
    "Logistics",
    "Foods",
    "Textiles",
    "Instruments",
    "Design",
    "Partners",
    "Supplies",
)
DISTRICTS = ("浦东", "徐汇", "静安", "黄浦", "长宁", "普陀", "虹口", "杨浦", "闵行", "宝山")
ROADS = (
    "张江",
    "世纪",
    "淮海",
    "南京",
    "延安",
    "中山",
    "四平",
    "虹桥",
    "龙华",
    "沪太",
    "逸仙",
    "共和",
    "武宁",
    "天山",
    "漕宝",
)
MOBILES = ("134", "135", "136", "137", "138", "139", "150", "151", "152", "158", "159", "182", "186", "188", "199")


def customer(number: int) -> NewCustomer:
    """Return one of them; three in ten have a second phone."""
    dice = Random(number)
    kind, name = _name(dice)
    phones = [_phone(dice)] + ([_phone(dice)] if dice.random() < 0.3 else [])
    district = dice.choice(DISTRICTS)
    return NewCustomer(
        name=name,
        kind=kind,
        contact=_person(dice),
        phone="/".join(phones),
        address=f"上海市{district}区{dice.choice(ROADS)}路{dice.randint(1, 1999)}号{dice.randint(1, 30)}楼",
        distance_km=dice.randint(1, 40),
        territory=district,
        route=f"R{dice.randint(1, 40)}",
    )


def _name(dice: Random) -> tuple[str, str]:
    cast = dice.random()
    if cast < 0.2:
        return "person", _person(dice)
    if cast < 0.35:
        return "company", f"{dice.choice(LATIN_FIRST)} {dice.choice(LATIN_SECOND)} {dice.randint(2, 9999)} Ltd"
    called = dice.choice(FIRST) + dice.choice(SECOND) + (dice.choice(SECOND) if dice.random() < 0.3 else "")
    return "company", dice.choice(CITIES) + called + dice.choice(TRADES) + dice.choice(FORMS)


def _person(dice: Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.choice(GIVEN) for _ in range(dice.choice((1, 2, 2))))


def _phone(dice: Random) -> str:
    if dice.random() < 0.3:
        return f"021-{dice.randint(20000000, 69999999)}"
    return f"{dice.choice(MOBILES)}{dice.randint(0, 99999999):08d}"
