"""Letters: composed here, made into messages here, delivered here. What is written about whom is decided elsewhere."""
