"""Every read, named by what it returns. Whatever a person may see is asked for with the journals they belong to."""
