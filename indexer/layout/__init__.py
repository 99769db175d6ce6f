"""Words of a sheet into lines, columns, tables and clean pages, and the blocks of pages in a row."""
