"""The roles people hold at the desk (USR-1)."""

from __future__ import annotations

from enum import StrEnum

from ordersdesk.foundation.texts.language import N_


class Role(StrEnum):
    """Who somebody is at the desk; a user may be several."""

    AGENT = "agent"
    LEADER = "leader"
    MANAGER = "manager"
    ORDER_GROUP = "order_group"
    WAREHOUSE = "warehouse"
    DISPATCHER = "dispatcher"
    DRIVER = "driver"
    SALES_REP = "sales_rep"
    PLANNING = "planning"
    PURCHASING = "purchasing"
    FINANCE = "finance"
    LOSS_PREVENTION = "loss_prevention"
    SERVICE_TECH = "service_tech"
    BRANCH_GM = "branch_gm"
    GROUP_CFO = "group_cfo"
    ARCHIVIST = "archivist"
    OFFICE_SUPERVISOR = "office_supervisor"
    SALES_MANAGER = "sales_manager"
    CUSTOMER_MANAGEMENT = "customer_management"
    LEGAL = "legal"
    TECHNICAL = "technical"
    PRODUCTION = "production"
    QUALITY = "quality"
    MARKETING = "marketing"
    BILLING_CLERK = "billing_clerk"
    SHIPPING_CLERK = "shipping_clerk"
    ADMIN = "admin"
    TELEPHONE = "telephone"
    TIMER = "timer"


ROLE_NAMES: dict[str, str] = {
    Role.AGENT: N_("agent"),
    Role.LEADER: N_("team leader"),
    Role.MANAGER: N_("manager"),
    Role.ORDER_GROUP: N_("order group"),
    Role.WAREHOUSE: N_("warehouse"),
    Role.DISPATCHER: N_("dispatcher"),
    Role.DRIVER: N_("driver"),
    Role.SALES_REP: N_("sales rep"),
    Role.PLANNING: N_("product planning"),
    Role.PURCHASING: N_("purchasing"),
    Role.FINANCE: N_("finance"),
    Role.LOSS_PREVENTION: N_("loss prevention"),
    Role.SERVICE_TECH: N_("service tech"),
    Role.BRANCH_GM: N_("branch GM"),
    Role.GROUP_CFO: N_("group CFO"),
    Role.ARCHIVIST: N_("archivist"),
    Role.OFFICE_SUPERVISOR: N_("office supervisor"),
    Role.SALES_MANAGER: N_("sales manager"),
    Role.CUSTOMER_MANAGEMENT: N_("customer management"),
    Role.LEGAL: N_("legal"),
    Role.TECHNICAL: N_("technical department"),
    Role.PRODUCTION: N_("production"),
    Role.QUALITY: N_("quality"),
    Role.MARKETING: N_("marketing director"),
    Role.BILLING_CLERK: N_("billing clerk"),
    Role.SHIPPING_CLERK: N_("shipping clerk"),
    Role.ADMIN: N_("administrator"),
    Role.TELEPHONE: N_("telephone system"),
    Role.TIMER: N_("timer"),
}

# The groups of the centre, each led by a team leader (B4).
GROUPS: dict[str, str] = {
    "key_accounts": N_("key accounts"),
    "small_customers": N_("small customers"),
    "e_commerce": N_("e-commerce"),
    "sales_support": N_("sales support"),
}

# Accounts of programs: each may run the few commands that name its role, and sits at no desk (USR-1).
MACHINES = frozenset({Role.TELEPHONE, Role.TIMER})
# Everybody who speaks with customers and may take their order.
DESK_ROLES = frozenset({Role.AGENT, Role.LEADER, Role.MANAGER, Role.SALES_REP, Role.BRANCH_GM})
# Whom a policy may name to approve something (USR-2).
APPROVERS = frozenset(
    {
        Role.LEADER,
        Role.MANAGER,
        Role.ORDER_GROUP,
        Role.PLANNING,
        Role.PURCHASING,
        Role.FINANCE,
        Role.LOSS_PREVENTION,
        Role.BRANCH_GM,
        Role.GROUP_CFO,
        Role.OFFICE_SUPERVISOR,
        Role.SALES_MANAGER,
        Role.CUSTOMER_MANAGEMENT,
        Role.LEGAL,
        Role.TECHNICAL,
        Role.PRODUCTION,
        Role.QUALITY,
        Role.MARKETING,
    }
)
EVERYBODY = frozenset(Role)
