# Dimension

# Loyalty

# Complaint

# Intake
