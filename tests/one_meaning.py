"""Messages of one or two words that several rooms use and that mean the same on each of their places.

A word that comes to mean a second thing leaves this list and gets a context (`pgettext`, `NP_`).
"""

from __future__ import annotations

_WORDS = """
(+{more} more) | Address | Agent | Allowed: {allowed}. | Amount | Answer until | Approval | Approvals | Asked |
Asked by | Brand | Called about | Came back | Cancel order | Cargo | Carrier | Change | Change request | Channel |
Code | Collected | Confirm | Confirmation sheet | Contact | Contract | Credit limit | Customer | Customer told |
Date | Day | Deliver on | Delivered | Delivery | Delivery fee | Delivery slip | Deny | Depart | Department | Deposit |
Deposit paid | Difference | Dispatch | Document | Driver | Due | Edit | English name | Entered | Failed |
Falls away | Fee agreed | First day | First number | For | For whom | Found by | Free | From pieces | Goods |
Consignee | Customer name | Description | E-mail | Item code | Fax | Order total | Sum |
Grant | Group | Handwritten | Handwritten slip | Imported | In review | In words | Invoice | Invoice title |
Issued | Item | Key | Kind | Language | Last day | Last number | Leaves | Left at | Level | Lines | List price |
Login | Money in | Name | New order | Next | Next review | No. | Not back | Note | Nothing fits | Number |
Open amount | Order | Orders | Outcome | Overdue | Packs | Paid | Parcels | Park | Part | Partly refused |
Password | Payment | Phone | Picked | Pieces | Price | Price from | Print | Promise | Promised | Province |
Pull back | Pulled back | Quantity | Read back | Reason | Receiver confirmed | Reference | Rejected |
Replacement | Report | Return by | Roles | Route | Route sheet | Route sheets | Sales rep | Saved. | Settled |
Sheets | Signature | Signed by | Since | Slip | Slips | Spec | State | Stock | Stop | Story | Take off | Tax id |
Terms | Territory | To collect | To depart | To pay | Total | Trouble | Unfinished | Unit | Urgent | Users |
Vehicle | Void | Waits for | Warehouse | Was | Wave | What | Where | Why | Why not? | Why today? | Why void? |
Why? | Will be | Withdraw | Written | a.m. | active | agent | amount | blocked: {reason} | calls | change |
customers | delivered | denied | dismissed | draft | e-mail | everybody | fax | granted | in review | key |
key customer | leaves {day} | left {when} | loaded | locked | made | message | money in | monthly account | no |
nobody: blank | order | orders | other | other items | p.m. | phone | picked | prepaid | printed | printing |
sales rep | saving | small customers | special goods | spoiled | stationery | system | the customer | the item |
the order | the read-back | the search | the slip | the slips | today | tomorrow | unpaid | urgent | withdrawn | yes |
may follow | valuable | {count} order | {count} parcel | {count} piece | {day} {part} | {kg} kg | {who}, {when}
Distance | Why other? | Papers along | To department | Wanted by | by {latest}
Made by | When | A note. | How? | Type digits. | New
"""
_PLAIN = """
Change | Department | Key | Leaves | Name | Number | Payment | Picked | Reason | Route sheet | Slip | To pay |
Urgent | Warehouse | Where | Who
"""


def _words(lines: str) -> frozenset[str]:
    return frozenset(word for line in lines.splitlines() for word in line.strip("| ").split(" | "))


ONE_MEANING = _words(_WORDS)
# Of several meanings the one that is said without a context.
PLAIN = _words(_PLAIN)
