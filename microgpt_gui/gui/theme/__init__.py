"""How the window looks: colours by role, type and spacing scales, icons, fonts."""
