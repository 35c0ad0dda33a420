"""What every room stands on: the Desk, database, policy, work time, flow, documents, money, search, refusals."""
