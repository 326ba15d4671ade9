"""Everything an owner needs to leave: tables, pictures, and a list that proves them whole."""
