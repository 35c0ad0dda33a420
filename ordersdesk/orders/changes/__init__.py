"""Change requests, cancelling and regret (CHG-1…5, JOY-11)."""
