"""One training run without Qt: settings in, frozen values out."""
