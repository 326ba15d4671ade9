"""Use cases of builds: the week, features, engineers, imports, installs."""
