"""Links as people see and judge them."""
