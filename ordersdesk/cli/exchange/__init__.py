"""Files in and out: `import`, `export`."""
