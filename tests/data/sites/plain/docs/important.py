print("published on purpose")
