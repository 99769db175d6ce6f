"""The archive as tools of the Model Context Protocol: read only, verbatim, each quotation with its place."""
