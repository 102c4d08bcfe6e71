package main

import (
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/token"
	"go/types"
)

// finder looks for the changes to one file and puts a switch where each is.
type finder struct {
	fset *token.FileSet
	pkg  *types.Package
	info *types.Info
	file *ast.File
	name string // relative to the root of the module
	src  []byte

	last  int // the number given last
	found []*change
	edits edits
	// fixed are the expressions that must stay constant.
	fixed map[ast.Expr]bool
}

// search finds the changes and makes the edits that switch them.
func (f *finder) search() {
	f.fixed = map[ast.Expr]bool{}
	ast.Inspect(f.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			if n.Tok == token.CONST {
				f.fix(n)
			}
		case *ast.ArrayType:
			if n.Len != nil {
				f.fix(n.Len)
			}
		case *ast.CompositeLit:
			f.fixKeys(n)
		case *ast.IncDecStmt:
			f.step(n)
		case ast.Expr:
			if f.info.Types[n].Value != nil {
				f.constant(n)
				return false
			}
			switch n := n.(type) {
			case *ast.BinaryExpr:
				f.binary(n)
			case *ast.UnaryExpr:
				f.minus(n)
			}
		}
		return true
	})
	sum := sha256.Sum256(f.src)
	for _, c := range f.found {
		c.source = hex.EncodeToString(sum[:6])
	}
}

// fix notes that the expressions in a node must stay constant.
func (f *finder) fix(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			f.fixed[e] = true
		}
		return true
	})
}

// fixKeys is fix for the indices in the literal of an array or a slice.
func (f *finder) fixKeys(n *ast.CompositeLit) {
	t := f.info.TypeOf(n).Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	switch t.(type) {
	case *types.Array, *types.Slice:
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				f.fix(kv.Key)
			}
		}
	}
}

// changesOf lists what there is to change about a node itself, not in it.
func (f *finder) changesOf(n ast.Node) []*change {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.ADD && is(f.info.TypeOf(n), types.IsString) {
			return nil
		}
		var list []*change
		for _, s := range swaps[n.Op] {
			list = append(list, f.replacing(n.OpPos, s.kind, n.Op.String(), s.to.String()))
		}
		return list
	case *ast.UnaryExpr:
		if n.Op == token.SUB {
			// With a space, as -x may stand behind another operator.
			c := f.replacing(n.OpPos, negatives, "-", " ")
			c.From, c.To = "-x", "x"
			return []*change{c}
		}
	case *ast.IncDecStmt:
		to := token.INC
		if n.Tok == token.INC {
			to = token.DEC
		}
		return []*change{f.replacing(n.TokPos, stepping, n.Tok.String(), to.String())}
	}
	return nil
}

func (f *finder) replacing(at token.Pos, kind, from, to string) *change {
	p, start := f.fset.Position(at), f.offset(at)
	return &change{File: f.name, Line: p.Line, Column: p.Column, Kind: kind, From: from, To: to,
		edit: edit{start, start + len(from), to}}
}

func (f *finder) offset(p token.Pos) int { return f.fset.Position(p).Offset }

// add numbers changes and returns the first number.
func (f *finder) add(list ...*change) int {
	for _, c := range list {
		f.last++
		c.id = f.last
	}
	f.found = append(f.found, list...)
	return f.last - len(list) + 1
}

// addAlone adds changes that have no switch.
func (f *finder) addAlone(list ...*change) {
	for _, c := range list {
		c.alone = true
	}
	f.add(list...)
}

func is(t types.Type, info types.BasicInfo) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&info != 0
}
