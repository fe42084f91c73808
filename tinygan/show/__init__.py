"""All that prints or draws. Only here is matplotlib imported, and only by what draws."""
