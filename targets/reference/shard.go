package reference

import (
	"crypto/md5"
	"fmt"
	"math/big"
)

// keySpace is how many hash keys there are.
var keySpace = new(big.Int).Lsh(big.NewInt(1), 128)

func shardID(i int) string { return fmt.Sprintf("shardId-%012d", i) }

// shardStart is the first hash key of shard i of n: ceil(i * 2^128 / n).
func shardStart(i, n int) *big.Int {
	x := new(big.Int).Mul(keySpace, big.NewInt(int64(i)))
	x.Add(x, big.NewInt(int64(n-1)))
	return x.Quo(x, big.NewInt(int64(n)))
}

// shardOf is the shard, of n, whose range holds a partition key's MD5.
func shardOf(partitionKey string, n int) int {
	sum := md5.Sum([]byte(partitionKey))
	x := new(big.Int).SetBytes(sum[:])
	x.Mul(x, big.NewInt(int64(n)))
	return int(x.Rsh(x, 128).Int64())
}

type hashKeyRange struct{ StartingHashKey, EndingHashKey string }

type sequenceNumberRange struct{ StartingSequenceNumber string }

type shardDescription struct {
	ShardId             string
	HashKeyRange        hashKeyRange
	SequenceNumberRange sequenceNumberRange
}

func describeShards(n int) []shardDescription {
	list := make([]shardDescription, n)
	for i := range list {
		last := shardStart(i+1, n)
		last.Sub(last, big.NewInt(1))
		list[i] = shardDescription{
			ShardId:             shardID(i),
			HashKeyRange:        hashKeyRange{shardStart(i, n).String(), last.String()},
			SequenceNumberRange: sequenceNumberRange{sequenceNumber(0)},
		}
	}
	return list
}
