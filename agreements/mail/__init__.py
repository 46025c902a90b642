"""The mails of this app, one function a message, named <recipient>_<thing>_<what happened>."""
