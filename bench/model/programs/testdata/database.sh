# A fresh database from the statements on standard input.
rm -f orders.db
exec sqlite3 orders.db
