"""Who sits at the desk: the door, the rooms behind it, where one may go, what rings."""
