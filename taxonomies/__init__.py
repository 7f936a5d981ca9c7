"""The taxonomies that capxbrl ships: tables a person can edit, and the XBRL files made from them."""
