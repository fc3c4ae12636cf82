"""The window around the panels: menus, top bar, docks, and what it remembers."""
