"""How answers are laid out, before a renderer prints them."""
