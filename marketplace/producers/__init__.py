"""The OCOP subject: her stall, her people, the account that receives her money, and the decisions about her."""
