"""The demo desk: made-up goods, customers and half a year of orders."""
