"""What can be imported: the tables of fields with the headers, English and Chinese, they are known under (FIL-1)."""

from __future__ import annotations

from ordersdesk.files.mapping.fields import Field, Kind, choice
from ordersdesk.foundation.texts.language import N_
from ordersdesk.foundation.texts.texts import NOTE

CUSTOMERS = Kind(
    "customers",
    N_("customers"),
    (
        Field("number", "code", "Customer number|客户编号|客户编码|客户号|编号"),
        Field("name", "text", "Name|Customer name|Company|客户名称|公司名称|单位名称|姓名|名称", required=True),
        choice("kind", "Kind|客户性质", "company: 公司, 单位, 企业; person: 个人"),
        Field("is_member", "yes", "Member|Membership|会员|是否会员"),
        choice("size_class", "Size class|Class|客户类别|大小客户", "key: 大客户, 重点; small: 小客户, 一般"),
        choice("grade", "Payment grade|Grade|信用等级|付款等级", "A; B; C"),
        Field("territory", "text", "Territory|Region|区域|片区", required=True),
        Field("route", "text", "Route|线路|路线|配送线路"),
        Field("contact", "text", "Contact|Contact name|联系人|联络人"),
        Field("department", "text", "Department|部门"),
        Field("phone", "phone", "Phone|Telephone|Tel|电话|联系电话|联络电话|手机|手机号|固定电话"),
        Field("phone_as_note", "yes", "Keep a bad phone as a note"),
        Field("phone2", "phone", "Second phone|Mobile|电话2|其他电话|备用电话"),
        Field("fax", "text", "Fax|传真"),
        Field("email", "text", "E-mail|Email|Mail|邮箱|电子邮件"),
        Field("address", "text", "Address|地址|送货地址|收货地址", longest=500),
        Field("district", "text", "District|区县"),
        Field("distance_km", "whole", "Distance (km)|km|距离|公里"),
        Field("region", "text", "Province|省份|省|省市|外地区域"),
        Field("city", "text", "City|城市|市"),
        Field("receiving_hours", "text", "Receiving hours|收货时间"),
        choice(
            "terms",
            "Terms|Payment terms|付款方式|结算方式",
            "cash: cod, cash on delivery, 现金, 货到付款, 现结; prepaid: 预付, 款到发货, 预付款; "
            "account: monthly account, monthly, 月结, 账期",
        ),
        Field("credit_limit", "money", "Credit limit|信用额度|额度"),
        Field("credit_days", "whole", "Credit days|账期天数"),
        Field("invoice_title", "text", "Invoice title|发票抬头|开票名称"),
        Field("tax_id", "code", "Tax id|税号|纳税人识别号|统一社会信用代码|统一编号"),
        Field("invoice_address", "text", "Invoice address|开票地址|注册地址", longest=500),
        Field("bank", "text", "Bank|开户行|开户银行"),
        Field("bank_account", "code", "Bank account|银行账号|账号"),
        Field("agent", "code", "Agent|客户助理"),
        Field("sales_rep", "code", "Sales rep|客户代表|业务员"),
        Field("credit_review_on", "date", "Next credit review|信用复审日期"),
        Field("overdue", "money", "Overdue amount|Overdue|逾期金额", own=True),
        Field("opening_balance", "money", "Opening balance|期初余额", own=True),
        Field("balance_due_on", "date", "Balance due on|Balance due|期初余额到期日|应收到期日"),
        choice("language", "Language|语言", "zh_CN: 中文, zh; en: 英文, English"),
        Field("different", "text", "Another customer because|不是同一客户的原因"),
        Field("blocked", "text", "Blocked because|Blocked|停用原因|冻结原因"),
        Field("note", "note", "Note|Notes|Remark|备注", longest=NOTE),
    ),
    key=("number",),
)

ITEMS = Kind(
    "items",
    N_("items"),
    (
        Field("code", "code", "Item code|Item|SKU|Product ID|商品编码|商品编号|货号|编码"),
        Field("name", "text", "Name|Item name|Product name|Description|商品名称|品名|名称", required=True),
        Field("name_en", "text", "English name|英文名称|英文名"),
        Field("brand", "text", "Brand|品牌"),
        Field("spec", "text", "Spec|Specification|规格|颜色及规格"),
        Field("model", "text", "Model|型号"),
        Field("colour", "text", "Colour|Color|颜色"),
        Field("unit", "text", "Unit|单位|计量单位", longest=20),
        Field("packs", "text", "Pack units|Packs|包装|包装单位"),
        Field("barcode", "code", "Bar code|Barcode|EAN|条码|条形码|国标码|国际条码"),
        Field("mnemonic", "code", "Mnemonic|助记码|拼音码"),
        choice(
            "category",
            "Category|类别|分类|商品分类",
            "stationery: 文具, 办公文具, 办公用品; oa_consumable: oa耗材, 耗材, 办公耗材; "
            "oa_equipment: oa设备, 设备, 办公设备; other: 其他, 其它",
        ),
        Field("department", "text", "Project department|Department|项目部"),
        Field("list_price", "money", "List price|Price|Unit price|单价|售价|零售价|目录价", filled=True),
        Field("cost", "money", "Cost|成本|进价|成本价"),
        Field("tax_rate", "percent", "Tax rate (%)|VAT|税率"),
        Field("weight_g", "whole", "Weight (g)|重量(g)|重量(克)|重量"),
        Field("volume_cm3", "whole", "Volume (cm3)|体积(cm3)|体积"),
        Field("safety_stock", "whole", "Safety stock|安全库存"),
        choice("listing", "Listing|目录属性", "catalogue: 目录; regular: 常销; special: 特殊, 特供"),
        Field("needs_installation", "yes", "Needs installation|需安装"),
        Field("warranty_months", "whole", "Warranty (months)|保修月数|保修期"),
        Field("purchase_limit", "whole", "Purchase limit|限购|限购数量"),
        Field("valuable", "yes", "Valuable|贵重"),
        Field("discontinued", "yes", "Discontinued|停产|停售"),
        Field("replacement", "code", "Replacement|替代品|替代商品"),
        Field("equivalents", "code", "Equivalents group|Group|同类组"),
    ),
    key=("code",),
)

STOCK = Kind(
    "stock",
    N_("stock"),
    (
        Field("item", "code", "Item code|Item|SKU|商品编码|商品编号|条码|编码", required=True),
        Field("warehouse", "text", "Warehouse|仓库|库房", required=True),
        Field("warehouse_name", "text", "Warehouse name|仓库名称"),
        choice("warehouse_kind", "Warehouse kind|仓库类型", "main: 主仓; sibling: 兄弟仓; shop: 门店"),
        Field("on_hand", "whole", "On hand|Stock|Quantity|库存|数量|库存数量|盘点库存", required=True, own=True),
        Field("expected", "whole", "On order|Expected|在途|在途数量", own=True),
        Field("due", "date", "Expected date|Due|到货日期|预计到货"),
        Field("place", "text", "Place|Location|Bin|货位|库位", longest=40),
    ),
    key=("item", "warehouse"),
)

RECEIPTS = Kind(
    "receipts",
    N_("receipts"),
    (
        Field("code", "code", "Item code|Item|Code|SKU|商品编码|商品编号|条码|编码", required=True),
        Field("quantity", "text", "Quantity|Pieces|Qty|数量|到货数量", required=True, longest=20, own=True),
        Field("from", "text", "From|From warehouse|来源仓库|调出仓库"),
        Field("note", "code", "Delivery note|Note|送货单号|到货单号"),
    ),
    key=("note", "code"),
)

PRICES = Kind(
    "prices",
    N_("prices"),
    (
        Field("item", "code", "Item code|Item|SKU|商品编码|商品编号|编码", required=True),
        choice(
            "sort",
            "Price kind|价格类型",
            "list: 目录价, 标价; agreed: 协议价, 客户价; "
            "break: quantity break, 数量价, 批量价; promotion: 促销, 促销价",
        ),
        Field("customer", "code", "Customer number|Customer|客户编号|客户"),
        Field("quantity", "whole", "From quantity|Quantity|起订量|数量"),
        Field("price", "money", "Price|单价|价格", required=True),
        Field("start", "date", "Valid from|From|起始日期|开始日期"),
        Field("end", "date", "Valid until|Until|结束日期|截止日期"),
        Field("classes", "text", "For classes|Classes|适用客户"),
        Field("cap", "whole", "Cap per customer|Cap|每客限量"),
    ),
    key=("sort", "item", "customer", "quantity", "start"),
)

ORDERS = Kind(
    "orders",
    N_("orders"),
    (
        Field("number", "code", "Order number|Order|Order ID|订单号|订单编号|单号", required=True),
        Field("date", "moment", "Order date|Date|订单日期|下单时间|日期", required=True),
        Field("customer", "code", "Customer number|Customer|Customer ID|客户编号|客户", required=True),
        Field("item", "code", "Item code|Item|SKU|Product ID|商品编码|商品编号|条码", required=True),
        Field("item_name", "text", "Item name|商品名称|品名"),
        Field("quantity", "whole", "Quantity|Qty|数量", required=True, own=True),
        Field("unit", "text", "Unit|单位", longest=20),
        Field("price", "money", "Unit price|Price|单价"),
        Field("discount", "share", "Discount|折扣率"),
        Field("amount", "money", "Amount|Sales|金额", own=True),
        Field("contact", "text", "Contact|联系人|收货人"),
        Field("phone", "phone", "Phone|电话|联系电话"),
        Field("address", "text", "Address|地址|送货地址|收货地址", longest=500),
        Field("region", "text", "Province|省份|省"),
        Field("city", "text", "City|城市|市"),
        choice(
            "channel",
            "Channel|渠道|来源",
            "phone: 电话; web: 网站, 网上, online; fax: 传真; "
            "email: 邮件, e-mail; visit: 来访, 上门; rep: 客户代表, sales rep",
        ),
        choice(
            "payment",
            "Payment|Payment method|付款方式|支付方式",
            "cash: 现金, 货到付款, cod; transfer: 转账, 银行转账, bank transfer; card: 刷卡, 银行卡; "
            "third_party: 第三方, 支付宝, 微信; account: 月结, 账期",
        ),
        choice(
            "invoice",
            "Invoice|发票",
            "none: 不要, 无, 不开票; ordinary: 普票, 普通发票; vat_special: 专票, 增值税专用发票",
        ),
        Field("delivery_date", "date", "Delivery date|送货日期|交货日期"),
        Field("fee", "money", "Delivery fee|运费|配送费"),
        choice(
            "order_state",
            "Order state|订单状态|交易状态",
            "closed: 已完成, 交易成功, 已结单, done; cancelled: 已取消, 交易关闭, canceled",
        ),
        choice(
            "payment_state",
            "Payment state|付款状态|支付状态",
            "paid: 已付款, 已支付; unpaid: 未付款, 未支付; partly paid: 部分付款; refunded: 已退款",
        ),
        Field("received", "money", "Amount received|Amount paid|实付金额|实收金额|买家实际支付金额"),
        Field("refunded", "money", "Refunded|Refund|退款金额|已退款金额"),
        Field("agent", "code", "Agent|客户助理"),
        Field("note", "note", "Note|Notes|备注", longest=NOTE),
        Field("line_note", "text", "Line note|行备注"),
    ),
    key=("number",),
    is_grouped=True,
    per_row=("item", "item_name", "quantity", "unit", "price", "discount", "amount", "line_note"),
)

CALLS = Kind(
    "calls",
    N_("calls"),
    (
        Field("id", "code", "Call id|Call|Unique id|Uniqueid|通话编号|呼叫编号|流水号"),
        Field("number", "text", "Number|Caller|Caller number|Phone|Src|主叫号码|来电号码|号码|电话", longest=60),
        Field(
            "started", "moment", "Started|Start time|Call time|Call date|Rang|开始时间|呼叫时间|来电时间", required=True
        ),
        Field("answered", "moment", "Answered at|Answer time|接听时间|应答时间"),
        Field("ended", "moment", "Ended|End time|Hung up|结束时间|挂断时间"),
        Field("wait", "span", "Wait|Ring time|Speed of answer|Speed of answer in seconds|等待时长|振铃时长"),
        Field("talk", "span", "Talk|Talk time|Talk duration|Billsec|通话时长|通话时间"),
        Field("duration", "span", "Duration|总时长|时长"),
        choice(
            "state",
            "State|Status|Disposition|Answered (Y/N)|通话状态|接听状态|状态|结果",
            "answered: y, yes, agent, 已接, 接通, 已接听, 接听; "
            "missed: n, no, hang, no answer, noanswer, abandoned, busy, failed, cancel, "
            "未接, 漏接, 未接听, 未接通, 放弃",
        ),
        choice("direction", "Direction|呼叫方向|方向", "in: inbound, incoming, 呼入; out: outbound, outgoing, 呼出"),
        Field("agent", "text", "Agent|Extension|Server|坐席|座席|分机|客户助理|客服"),
        Field("customer", "code", "Customer number|Customer|客户编号"),
        choice(
            "reason",
            "Reason|Called about|来电原因|来电事由",
            "order: 订单, 订货; enquiry: 咨询; quote: 询价, 报价; change: 变更, 改单; return: 退货; complaint: 投诉; "
            "service: 服务; callback: 回电; wrong_number: wrong number, 打错",
        ),
        Field("note", "note", "Note|Notes|Remark|备注", longest=NOTE),
    ),
    key=("id", "number", "started", "agent"),
)

USERS = Kind(
    "users",
    N_("users"),
    (
        Field("login", "code", "Login|登录名", required=True),
        Field("name", "text", "Name|姓名", required=True),
        Field("roles", "text", "Roles|角色", required=True),
        choice("language", "Language|语言", "zh_CN: 中文, zh; en: 英文, English"),
    ),
    key=("login",),
)

KINDS = {kind.name: kind for kind in (CUSTOMERS, ITEMS, STOCK, RECEIPTS, PRICES, ORDERS, CALLS, USERS)}
