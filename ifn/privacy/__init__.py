"""What people may ask of their own data, how long what is kept, and what happens after a breach."""
