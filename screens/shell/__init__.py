"""The application every screen runs in: what it says, its help, the frame of a screen."""
