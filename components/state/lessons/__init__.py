"""Hold what a page does about its open lesson: what is asked and answered, kept from edits, written and handed on."""
