"""The pages that people see: signing in, consent, what a seller has let in, what a developer has registered.

They are rendered here, on the server, and hold no script: a browser needs to do nothing but show them and send forms.
"""
