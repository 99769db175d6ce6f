"""Words of a sheet into lines, columns, tables and clean pages."""
