project = "Glacier Vision"
extensions = []
