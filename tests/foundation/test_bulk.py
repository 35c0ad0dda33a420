"""What imports do in bulk leaves the program as it was (FIL-1)."""

from __future__ import annotations

import gc

from ordersdesk.foundation.store.bulk import uncollected


def test_the_collector_rests_while_much_is_made_and_works_again_afterwards() -> None:
    with uncollected():
        rests = not gc.isenabled()
    assert (rests, gc.isenabled()) == (True, True)


def test_who_let_the_collector_rest_already_keeps_it_so() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
