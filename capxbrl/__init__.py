"""capxbrl: legacy SEC filings in, validated inline XBRL out."""

__version__ = "0.1.0"
