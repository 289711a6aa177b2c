"""The sandbox: a local Bot API server with phones, to try, train and test without Telegram."""
