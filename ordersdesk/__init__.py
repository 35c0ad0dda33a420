"""The order desk's core: it knows the business and no screen, terminal or printer."""
