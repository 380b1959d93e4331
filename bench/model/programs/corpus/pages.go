package main

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
)

const (
	pageBytes     = 4096
	databasePages = 1024
	pagesPerWrite = 3
)

// pages N: N transactions on a file of pages, as SQLite does them with a rollback journal: the old pages go into the
// journal, the new ones into the file, and the journal's header is wiped. One sync at the end.
func pages(args []string) error {
	transactions, err := count(args, 0)
	if err != nil {
		return err
	}
	database, err := os.OpenFile("database", os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o644)
	if err != nil {
		return err
	}
	defer database.Close()
	journal, err := os.OpenFile("database-journal", os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o644)
	if err != nil {
		return err
	}
	defer journal.Close()
	if err := database.Truncate(databasePages * pageBytes); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(3, 4))
	page := make([]byte, pageBytes)
	sum := uint64(0)
	for transaction := range transactions {
		for place := range pagesPerWrite {
			at := int64(random.IntN(databasePages)) * pageBytes
			if _, err := database.ReadAt(page, at); err != nil {
				return err
			}
			if _, err := journal.WriteAt(page, int64(place+1)*pageBytes); err != nil {
				return err
			}
			changed := binary.LittleEndian.Uint64(page) + uint64(transaction)
			binary.LittleEndian.PutUint64(page, changed)
			sum += changed
			if _, err := database.WriteAt(page, at); err != nil {
				return err
			}
		}
		if _, err := journal.WriteAt(page[:28], 0); err != nil {
			return err
		}
	}
	fmt.Println(transactions, "transactions,", sum)
	return database.Sync()
}
