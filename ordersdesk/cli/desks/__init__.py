"""Desks are made, run and looked after: `init`, `desk`, `demo`, `call`, `check`, `backup`."""
