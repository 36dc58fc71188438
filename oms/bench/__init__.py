"""What the program's speed is measured against: each measure beside the simplest SQL that touches the same data.

Absolute times depend on the machine and on who else uses it; the ratio to a limit measured in the same run does not.
"""
