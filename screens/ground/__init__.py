"""What every screen stands on: keys, what is typed ahead, layers, work off the thread; it knows no screen."""
