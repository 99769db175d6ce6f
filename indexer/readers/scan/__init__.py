"""Pictures of text: pages through OCR, pictures and marks on pages, and text that an earlier OCR laid beneath scans."""
