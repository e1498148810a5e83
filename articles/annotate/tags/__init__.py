"""Tags: made, changed, decided and removed, one or many; relations and codes."""
