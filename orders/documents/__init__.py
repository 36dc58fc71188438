"""What goes to the customer on paper: the acknowledgement of an order, invoices and credit memos."""
