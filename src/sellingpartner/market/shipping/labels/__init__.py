"""Labels as documents: one layout, drawn as PDF, as a picture or in the language of label printers."""
