"""Credit and size class: who may buy on monthly account, up to what, until when, and who is a key customer."""
