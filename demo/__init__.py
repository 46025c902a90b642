"""Pages and guards of the demo; mounted and switched on by settings/demo alone."""
